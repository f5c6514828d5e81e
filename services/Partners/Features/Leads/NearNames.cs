using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Partners.Features.Leads;

/// <summary>Finds the names of the directory that are the same as a text, or near it.</summary>
internal sealed class NearNames(NameIndex index)
{
    // Longer than any name: its words are prose.
    private const int MaximumWords = 24;
    private const double LookAlikeFactor = 0.98;

    // More of it than the directory knows is said: it may be another body.
    private const double MostWithUnknownWords = 0.75;

    // All that is said fits, but much of the name is not said: it may be another body too.
    private const double MostWithFewWords = 0.79;
    private const double MostUnlessTheSame = 0.97;
    private const double NoiseFactor = 0.95;
    private const double NearCountyFactor = 0.9;

    private static readonly HashSet<string> Noise = ["partner", "other", "all", "agency", "nb", "tbc"];

    private readonly AcronymSlips _acronyms = new(index);

    /// <summary>The bodies that have a text as a name; more than one where a name is shared.</summary>
    public IReadOnlyList<Candidate> Exact(string text) => Exact(text, index.Expand(NameWords.Of(text)));

    /// <summary>True where a text may be a name that holds what parts leads elsewhere.</summary>
    public bool MayBeList(string text) => index.MayBeList(index.Expand(NameWords.Of(text)));

    /// <summary>The bodies that a text may mean, nearest first.</summary>
    public IReadOnlyList<Candidate> Find(string text)
    {
        var words = NameWords.Of(text);
        if (words.Count is 0 or > MaximumWords)
            return [];

        if (words.Count > 1 && index.Knows(string.Concat(words)))
            words = [string.Concat(words)];

        var expanded = index.Expand(words);
        if (Exact(text, expanded) is { Length: > 0 } exact)
            return exact;

        var (repaired, factor) = _acronyms.Repair(words);
        if (factor < 1)
            expanded = index.Expand(repaired);

        return [.. index.WithKey(string.Concat(expanded))
            .Select(n => new Candidate(n.Partner, n.Text, factor, "its short name mistyped"))
            .Concat(_acronyms.NamesWithSlip(words))
            .Concat(ByWords(expanded).Select(c => c with { Nearness = c.Nearness * factor }))
            .Concat(ByLetters(expanded).Select(c => c with { Nearness = c.Nearness * factor }))
            .Select(c => c with { Nearness = Math.Min(c.Nearness, MostUnlessTheSame) })
            .GroupBy(c => c.Partner.Name, (_, candidates) => candidates.MaxBy(c => c.Nearness)!)
            .Where(c => c.Nearness >= LeadResolver.CandidateAt)
            .OrderByDescending(c => c.Nearness)
            .ThenBy(c => c.Partner.Name, StringComparer.Ordinal)];
    }

    private Candidate[] Exact(string text, IReadOnlyList<string> words)
    {
        var names = index.WithKey(string.Concat(words));
        var lookAlikes = names.Count > 0 && LookAlikes.Any(text);
        return [.. names
            .OrderByDescending(n => string.Equals(n.Text, text, StringComparison.OrdinalIgnoreCase))
            .Select(n => new Candidate(
                n.Partner, n.Text, lookAlikes ? LookAlikeFactor : 1, lookAlikes ? "in look-alike letters" : ""))
            .DistinctBy(c => c.Partner.Name)];
    }

    // Word for word, each weighed by how much it tells.
    private IEnumerable<Candidate> ByWords(List<string> words)
    {
        var meanings = words.Select((w, i) => Meanings(w, isLast: i == words.Count - 1 && i > 0)).ToArray();
        var compared = meanings
            .SelectMany(m => m.Keys)
            .Distinct()
            .SelectMany(index.WithWord)
            .Distinct()
            .Select(name => (Name: name, Fit: FitByWords(words, meanings, name)))
            .ToArray();

        // What is said may be the beginning of several names: then none of those of which more is to be said is meant surely.
        var several = compared.Where(c => c.Fit.AllSaid).Select(c => c.Name.Partner.Name).Distinct().Take(2).Count() > 1;
        return compared.Select(c => new Candidate(
            c.Name.Partner,
            c.Name.Text,
            several && c.Fit.MoreToSay ? Math.Min(c.Fit.Nearness, MostWithFewWords) : c.Fit.Nearness,
            "other words or spelling"));
    }

    private Fit FitByWords(List<string> words, Dictionary<string, double>[] meanings, IndexedName name)
    {
        var left = name.Words.ToList();
        double said = 0, shared = 0, factor = 1;
        var unknown = false;
        for (var i = 0; i < words.Count; i++)
        {
            var best = left.Where(meanings[i].ContainsKey).MaxBy(w => meanings[i][w] * index.WeightOf(w));
            if (best is not null)
            {
                left.Remove(best);
                said += index.WeightOf(best);
                shared += index.WeightOf(best) * meanings[i][best];
            }
            else if (words[i] == index.Home.NearCounty)
            {
                factor *= NearCountyFactor;
            }
            else if (IsNoise(words[i]))
            {
                factor *= NoiseFactor;
            }
            else
            {
                unknown = true;
                said += index.WeightOf(words[i]);
            }
        }

        var dice = factor * 2 * shared / (said + name.Words.Sum(index.WeightOf));
        if (words.Count == 1 && name.Words.Count > 1)
            dice = Math.Min(dice, MostWithFewWords);

        var nearness = unknown
            ? Math.Min(dice, MostWithUnknownWords)
            : Math.Max(dice, Math.Min(MostWithFewWords, factor * (0.5 + dice / 2)));
        return new Fit(nearness, AllSaid: !unknown && shared > 0, MoreToSay: left.Count > 0);
    }

    // The words of the directory that a word may be, and how surely.
    private Dictionary<string, double> Meanings(string word, bool isLast)
    {
        if (index.Knows(word))
            return new Dictionary<string, double> { [word] = 1 };

        Dictionary<string, double> meanings = [];
        if (index.Home.OtherPlaces.Contains(word))
            return meanings;

        var errors = Spelling.ErrorsInWord(word.Length);
        var letters = Spelling.Letters(word);
        foreach (var (known, lettersOfKnown) in index.Words)
        {
            if (word.Length >= (isLast ? 3 : 5) && known.Length > word.Length && known.StartsWith(word, StringComparison.Ordinal))
                meanings[known] = 0.88;

            if (errors == 0
                || known.Length < 5
                || Math.Abs(known.Length - word.Length) > errors
                || !Spelling.MayBeNear(letters, lettersOfKnown, errors))
                continue;

            var distance = Spelling.Distance(word, known);
            if (distance <= errors && distance <= Spelling.ErrorsInWord(known.Length))
                meanings[known] = Math.Max(meanings.GetValueOrDefault(known), 1 - (double)distance / Math.Max(word.Length, known.Length));
        }

        return meanings;
    }

    // Letter for letter: for spaces that went astray. A known word that the name lacks is no typing error, nor is a word more.
    private IEnumerable<Candidate> ByLetters(List<string> words)
    {
        var key = string.Concat(words);
        var errors = Spelling.ErrorsInName(key.Length);
        if (errors == 0)
            yield break;

        var letters = Spelling.Letters(key);
        var kept = words.Where(w => index.Knows(w) || index.Home.OtherPlaces.Contains(w)).ToArray();
        var lessAWord = words.Where(w => w.Length > 1 && !IsNoise(w)).Select(w => string.Concat(words.Where(other => other != w))).ToHashSet();
        foreach (var name in index.Names.Concat(index.Elsewhere))
        {
            if (Math.Abs(name.Key.Length - key.Length) > errors || !Spelling.MayBeNear(letters, name.Letters, errors) || lessAWord.Contains(name.Key) || !kept.All(w => name.Key.Contains(w, StringComparison.Ordinal)))
                continue;

            var distance = Spelling.Distance(key, name.Key);
            if (distance <= errors)
                yield return new Candidate(name.Partner, name.Text, 1 - 1.5 * distance / key.Length, $"{distance} letters differ");
        }
    }

    // How a name fits what is said: whether all that is said is in it, and whether it has more words.
    private readonly record struct Fit(double Nearness, bool AllSaid, bool MoreToSay);

    // Page numbers, stray letters, mistyped small words.
    private bool IsNoise(string word) =>
        word.Length == 1
        || word.All(char.IsAsciiDigit)
        || Noise.Contains(word)
        || word.Length <= 4 && !index.Knows(word) && (Spelling.Distance(word, "and") <= 1 || Spelling.Distance(word, "the") <= 1);
}
