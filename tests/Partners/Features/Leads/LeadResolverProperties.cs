using CsCheck;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Leads;

public class LeadResolverProperties
{
    // A slip in a shorter word may make another word or acronym that is right.
    private const int LongWord = 6;

    private static readonly IReadOnlyList<Partner> Partners = Reference.OwnPartners;
    private static readonly NameIndex Index = Reference.Index;

    private static readonly (Partner Partner, string Name)[] Names =
    [
        .. Partners
            .SelectMany(p => p.Aliases.Append(p.DisplayName).Append(p.ShortName).Select(name => (p, name)))
            .Where(n => LongLetters(n.name).Length > 0 && new NearNames(Index).Exact(n.name).Count == 1),
    ];

    private static readonly Gen<(Partner Partner, string Name, string Damaged)> GenTypo =
        from name in Gen.OneOf(Names)
        from at in Gen.OneOf(LongLetters(name.Name))
        from letter in Gen.Char['a', 'z']
        from kind in Gen.Int[0, 3]
        select (name.Partner, name.Name, Damage(name.Name, at, letter, kind));

    [Fact]
    public void ResolveCell_OneTypoInALongWord_IsNeverAnotherBody() => GenTypo.Sample(
        typo => Resolve(typo.Damaged).All(l => l.Found is null || l.Found.Partner.Name == typo.Partner.Name),
        iter: 5_000,
        print: t => $"{t.Damaged} for {t.Name}");

    [Fact]
    public void ResolveCell_TyposInLongWords_AreMostlyFound()
    {
        var found = 0;
        var all = 0;
        GenTypo.Sample(
            typo =>
            {
                Interlocked.Increment(ref all);
                if (Resolve(typo.Damaged) is [{ Found: { } body }] && body.Partner.Name == typo.Partner.Name)
                    Interlocked.Increment(ref found);
            },
            iter: 5_000);
        Assert.InRange((double)found / all, 0.9, 1);
    }

    [Fact]
    public void ResolveCell_CaseSpacesAndDashes_MakeNoDifference() => (
        from name in Gen.OneOf(Names)
        from upper in Gen.Bool
        from space in Gen.OneOf("  ", " - ", " – ", "-", "\u00A0", ". ", "")
        select (name.Partner, Text: (upper ? name.Name.ToUpperInvariant() : name.Name.ToLowerInvariant())
            .Replace(" ", space, StringComparison.Ordinal))).Sample(
        n => Resolve(n.Text).All(l => l.Found is null || l.Found.Partner.Name == n.Partner.Name),
        iter: 3_000,
        print: n => n.Text);

    [Fact]
    public void ResolveCell_AnyText_GivesOrderedCandidatesAndAFoundOneBeyondTheThreshold() => Gen.OneOf(Gen.String[0, 300], UnicodeText.Any).Sample(
        text => Resolve(text).All(IsSound), iter: 3_000);

    [Fact]
    public void ResolveCell_WordsOfTheDirectoryInAnyOrder_GiveASoundAnswer() =>
        Gen.OneOf(Names.SelectMany(n => n.Name.Split(' ')).Append("/").Append("(").Append(")").Distinct().ToArray())
            .Array[1, 8]
            .Sample(words => Resolve(string.Join(' ', words)).All(IsSound), iter: 3_000);

    [Fact]
    public void ResolveCell_EmptyDirectory_FindsNothing()
    {
        var empty = NameIndex.Of([], HomeArea.Of(Reference.Home, ReferenceData.Areas));
        Gen.OneOf(Gen.OneOf(Names).Select(n => n.Name), UnicodeText.Any).Sample(
            text => new LeadResolver(empty).ResolveCell(text).All(l => l.Found is null && l.Candidates.Count == 0), iter: 2_000);
    }

    private static bool IsSound(ResolvedText lead) =>
        lead.Candidates.Count <= 5
        && lead.Candidates.All(c => c.Nearness is >= LeadResolver.CandidateAt and <= 1)
        && lead.Candidates.Select(c => c.Nearness).SequenceEqual(lead.Candidates.Select(c => c.Nearness).OrderDescending())
        && lead.Candidates.Select(c => c.Partner.Name).Distinct().Count() == lead.Candidates.Count
        && (lead.Found is null || lead.Found.Nearness >= LeadResolver.FoundAt);

    private static IReadOnlyList<ResolvedText> Resolve(string cell) => new LeadResolver(Index).ResolveCell(cell);

    // Where the letters of long words stand.
    private static int[] LongLetters(string name)
    {
        List<int> letters = [];
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && char.IsLetter(name[i]))
                continue;

            if (i - start >= LongWord)
                letters.AddRange(Enumerable.Range(start, i - start));

            start = i + 1;
        }

        return [.. letters];
    }

    private static string Damage(string name, int at, char letter, int kind) => kind switch
    {
        0 => name.Remove(at, 1),
        1 => name.Insert(at, letter.ToString()),
        2 => $"{name[..at]}{letter}{name[(at + 1)..]}",
        _ when at + 1 < name.Length => $"{name[..at]}{name[at + 1]}{name[at]}{name[(at + 2)..]}",
        _ => name.Insert(at, " "),
    };
}
