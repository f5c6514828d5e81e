using PlanServices.Dashboard.Reading;
using Xunit;

namespace PlanServices.Dashboard.Tests.Reading;

public class PlainNamesTests
{
    [Theory]
    [InlineData("plans/sample/reports/1 was withdrawn already: A slip.", "Report 1 was withdrawn already: A slip.")]
    [InlineData("There is no plans/county/actions/O2.1.", "There is no O2.1.")]
    [InlineData("plans/county/actions/V3/updates/2018-10 is approved.", "The update of V3 for 2018-10 is approved.")]
    [InlineData("plans/county/periods/2018-10 of plans/county is locked.", "Period 2018-10 of plan county is locked.")]
    [InlineData("No name stands here.", "No name stands here.")]
    public void In_ASentence_SaysNamesAsPeopleDo(string sentence, string said) => Assert.Equal(said, PlainNames.In(sentence));
}
