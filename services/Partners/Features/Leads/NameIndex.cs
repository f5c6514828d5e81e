using System.Collections.Frozen;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Partners.Features.Leads;

/// <summary>One name of a body: its full or short name, or an alias.</summary>
internal sealed class IndexedName(Partner partner, string text, IReadOnlyList<string> words)
{
    public Partner Partner { get; } = partner;

    /// <summary>The name as the directory has it.</summary>
    public string Text { get; } = text;

    /// <summary>Its words, short names of bodies in full, without the home area.</summary>
    public IReadOnlyList<string> Words { get; } = words;

    /// <summary>Its words run together.</summary>
    public string Key { get; } = string.Concat(words);

    /// <summary>The letters of its key.</summary>
    public uint Letters { get; } = Spelling.Letters(string.Concat(words));
}

/// <summary>The names of a directory, laid out for comparison. Immutable; holds nothing of a request.</summary>
internal sealed class NameIndex
{
    private readonly FrozenDictionary<string, string[]> _shortNames;
    private readonly FrozenDictionary<string, double> _weights;
    private readonly FrozenDictionary<string, IndexedName[]> _byKey;
    private readonly FrozenDictionary<string, IndexedName[]> _byWord;
    private readonly FrozenDictionary<string, IndexedName[]> _elsewhereByKey;
    private readonly int[] _lengthsOfLists;

    private NameIndex(IReadOnlyList<Partner> all, HomeArea home)
    {
        Home = home;
        var partners = all.Where(p => p.Area.Length == 0 || p.Area == home.Name).ToArray();
        _shortNames = ShortNames(partners, home);
        var spellings = partners.SelectMany(NamesOf).ToArray();
        Names = [.. spellings.DistinctBy(n => (n.Partner.Name, n.Key))];
        _byKey = Group(spellings.Select(n => (n.Key, n)));
        _byWord = Group(Names.SelectMany(n => n.Words.Distinct().Select(w => (w, n))));
        _weights = _byWord.ToFrozenDictionary(
            pair => pair.Key, pair => Math.Log(1 + (double)partners.Length / pair.Value.Select(n => n.Partner.Name).Distinct().Count()));
        Words = [.. _weights.Keys.Select(w => (w, Spelling.Letters(w)))];
        UnknownWeight = Math.Log(1 + partners.Length);
        Elsewhere = [.. all.Except(partners).SelectMany(NamesOf).Where(n => n.Text == n.Partner.DisplayName || home.NameArea(n.Words, n.Partner.Area)).DistinctBy(n => (n.Partner.Name, n.Key))];
        _elsewhereByKey = Group(Elsewhere.Select(n => (n.Key, n)));
        _lengthsOfLists = [.. Names.Where(n => LeadCell.Split(n.Text).Count > 1).Select(n => n.Key.Length)];
    }

    /// <summary>The area whose bodies are meant where a text names no place.</summary>
    public HomeArea Home { get; }

    public IReadOnlyList<IndexedName> Names { get; }

    /// <summary>Full names of other areas' bodies, and others that name the area: "Lancashire Police". "Police" is the home area's.</summary>
    public IReadOnlyList<IndexedName> Elsewhere { get; }

    /// <summary>How much a word counts that no name has.</summary>
    public double UnknownWeight { get; }

    /// <summary>The words of all names, and the letters of each.</summary>
    public IReadOnlyList<(string Word, uint Letters)> Words { get; }

    /// <summary>The short names that stand for a body's full name inside longer names too: "ccjb".</summary>
    public IEnumerable<string> Acronyms => _shortNames.Keys;

    public static NameIndex Of(IReadOnlyList<Partner> partners, HomeArea home) => new(partners, home);

    public bool Knows(string word) => _weights.ContainsKey(word) || _shortNames.ContainsKey(word);

    /// <summary>How much a word tells: much where few bodies have it, little for "group" and "board".</summary>
    public double WeightOf(string word) => _weights.GetValueOrDefault(word, UnknownWeight);

    /// <summary>The names that these words spell; a body may have several that differ in letters left out here.</summary>
    public IReadOnlyList<IndexedName> WithKey(string key) => _byKey.GetValueOrDefault(key) ?? _elsewhereByKey.GetValueOrDefault(key, []);

    public IReadOnlyList<IndexedName> WithWord(string word) => _byWord.GetValueOrDefault(word, []);

    /// <summary>The words with each short name of a body in full, without the home area.</summary>
    public List<string> Expand(IReadOnlyList<string> words) =>
        Home.Drop([.. Home.Mend(words).SelectMany(w => _shortNames.GetValueOrDefault(w) ?? [w])]);

    /// <summary>True where words are about as long as a name that holds what parts leads elsewhere: a comma.</summary>
    public bool MayBeList(IReadOnlyList<string> words)
    {
        var length = words.Sum(w => w.Length);
        return _lengthsOfLists.Any(l => Math.Abs(l - length) <= Spelling.ErrorsInName(length));
    }

    private IEnumerable<IndexedName> NamesOf(Partner partner)
    {
        foreach (var text in TextsOf(partner))
        {
            var words = Expand(NameWords.Of(text));
            if (words.Count > 0)
                yield return new IndexedName(partner, text, words);
        }
    }

    private static IEnumerable<string> TextsOf(Partner partner) =>
        new[] { partner.DisplayName, partner.ShortName }
            .Concat(partner.Aliases)
            .Concat(partner.FormerNames.SelectMany(n => new[] { n.DisplayName, n.ShortName }))
            .Where(t => t.Length > 0);

    // One word in capitals that only one body claims, and that its full name does not contain.
    private static FrozenDictionary<string, string[]> ShortNames(IReadOnlyList<Partner> partners, HomeArea home) => partners
        .SelectMany(p => TextsOf(p)
            .Where(t => !t.Contains(' ') && t.Count(char.IsUpper) + t.Count(char.IsDigit) >= 2)
            .Select(NameWords.Of)
            .Where(words => words.Count == 1)
            .Select(words => words[0])
            .Distinct()
            .Select(word => (Word: word, Partner: p, Full: home.Drop(NameWords.Of(p.DisplayName)))))
        .Where(s => !s.Full.Contains(s.Word))
        .GroupBy(s => s.Word)
        .Where(g => g.Count() == 1)
        .ToFrozenDictionary(g => g.Key, g => g.Single().Full.ToArray());

    private static FrozenDictionary<string, IndexedName[]> Group(IEnumerable<(string Key, IndexedName Name)> pairs) => pairs
        .GroupBy(p => p.Key, p => p.Name)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());
}
