namespace PlanServices.Partners.Features.Leads;

/// <summary>Puts mistyped short names of bodies right, as far as that can be known.</summary>
internal sealed class AcronymSlips(NameIndex index)
{
    private const double SlipFactor = 0.88;
    private const double AcronymFactor = 0.84;

    // Below the threshold of a match: three letters are too few to say.
    private const double ShortFactor = 0.75;

    /// <summary>
    /// The names that a text would be with another letter in an acronym. An acronym with a wrong letter is no other acronym, but
    /// beside words that make it the name of a body it may be: "CCXB Delivery Group".
    /// </summary>
    public IEnumerable<Candidate> NamesWithSlip(List<string> words)
    {
        for (var i = 0; i < words.Count && index.Home.Drop(words).Count > 1; i++)
        {
            if (words[i].Length is < 3 or > 8 || index.Knows(words[i]))
                continue;

            foreach (var acronym in index.Acronyms.Where(a => a.Length >= 4 && Spelling.Distance(a, words[i]) == 1))
            {
                foreach (var name in index.WithKey(string.Concat(index.Expand([.. words[..i], acronym, .. words[(i + 1)..]]))))
                    yield return new Candidate(name.Partner, name.Text, AcronymFactor, "a short name in it mistyped");
            }
        }
    }

    /// <summary>The words with acronyms that are only doubled, swapped or have digits for letters put right, and how sure that is.</summary>
    public (List<string> Words, double Factor) Repair(List<string> words)
    {
        var factor = 1.0;
        var repaired = new List<string>(words.Count);
        foreach (var word in words)
        {
            var known = index.Knows(word) ? word : Known(word);
            repaired.Add(known ?? word);
            if (known is not null && known != word)
                factor *= word.Length < 4 ? ShortFactor : SlipFactor;
        }

        return (repaired, factor);
    }

    private string? Known(string word)
    {
        if (Spelling.WithLettersForDigits(word) is { } letters && index.Knows(letters))
            return letters;

        var slips = index.Acronyms.Where(a => Spelling.IsSlipOf(a, word)).Take(2).ToArray();
        return slips is [var only] ? only : null;
    }
}
