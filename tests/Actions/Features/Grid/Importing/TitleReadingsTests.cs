using Google.Protobuf;
using PlanServices.Actions.Features.Grid.Importing;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Grid.Importing;

public class TitleReadingsTests
{
    [Theory]
    [InlineData("Answer calls for help sooner", "Answer calls for", true)]
    [InlineData("Answer calls for help sooner", "for help sooner", true)]
    [InlineData("Answer calls for help sooner", "An swer calls for help sooner", true)]
    [InlineData("Answer calls for help sooner", "Answer c\u0430lls for help sooner", true)]
    [InlineData("Answer calls for help sooner", "Answer calls for h\uFFFDlp sooner", true)]
    [InlineData("An swer calls for help sooner", "Answer calls for help sooner", false)]
    [InlineData("Answer calls for", "Answer calls for help sooner", false)]
    [InlineData("Answer calls for help sooner", "Answer all calls for help", false)]
    [InlineData("Answer calls for help sooner", "Answer calls for help faster", false)]
    [InlineData("Answer calls for help sooner", "Answer", false)]
    [InlineData("Same", "Same", false)]
    public void IsDamaged_Reading_OnlyWhereItIsTheKnownOneAndWorse(string known, string read, bool damaged) =>
        Assert.Equal(damaged, TitleReadings.IsDamaged(known, read));

    [Fact]
    public async Task ImportGrid_PageCutATitleThatThePlanHas_KeepsIt()
    {
        await using var server = await ActionsServer.StartAsync();
        await ImportAsync(server, "2018-07", "Answer calls for help sooner");

        var answer = await ImportAsync(server, "2018-10", "Answer calls for");

        Assert.Equal("Answer calls for help sooner", answer.Rows[0].PlanAction.Title);
        var kept = Assert.Single(answer.Diagnostics, d => d.Code == "TITLE_KEPT");
        Assert.Equal(("V1", "Answer calls for", "Answer calls for help sooner"), (kept.Ref, kept.Raw, kept.Interpreted));
    }

    private static async Task<ImportGridResponse> ImportAsync(ActionsServer server, string period, string title) => await server.Grids.ImportGridAsync(
        new ImportGridRequest
        {
            Parent = "plans/fenland",
            Period = period,
            Format = ImportGridRequest.Types.Format.TextGrid,
            FileName = "paper.txt",
            CreateMissing = true,
            Content = ByteString.CopyFromUtf8(
                "Theme\tRef\tPriority Action\tOPCC Lead\tDelivery Lead\tKey Delivery Activities\tStatus\tDirection of Travel\tWider Partnership Opportunities\n"
                + $"Victims\tV1\t{title}\tNP\tConstabulary\tThe desk is staffed in {period}.\tGreen\t\u2191\tNone yet.\n"),
        },
        cancellationToken: Deadline.Token);
}
