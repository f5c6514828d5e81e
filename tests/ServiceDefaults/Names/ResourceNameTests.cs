using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Names;

public class ResourceNameTests
{
    [Fact]
    public void Parse_NameOfItsForm_GivesIds() =>
        Assert.Equal(["sample", "O2.1", "2018-10"], ResourceName.ProgressUpdate.Parse("plans/sample/actions/O2.1/updates/2018-10", "name"));

    [Theory]
    [InlineData("")]
    [InlineData("plans")]
    [InlineData("plans/")]
    [InlineData("plans/a/actions")]
    [InlineData("plans/a/actions/")]
    [InlineData("plans//actions/V1")]
    [InlineData("plan/a/actions/V1")]
    [InlineData("plans/a/actions/V1/updates/x")]
    public void TryParse_OtherForm_Null(string name) => Assert.Null(ResourceName.PlanAction.TryParse(name));

    [Fact]
    public void Of_Ids_IsWhatParseReads()
    {
        var name = ResourceName.PlanAction.Of("sample", "V1");

        Assert.Equal("plans/sample/actions/V1", name);
        Assert.Equal(["sample", "V1"], ResourceName.PlanAction.Parse(name, "name"));
    }

    [Theory]
    [InlineData("2018-10")]
    [InlineData("0001-01")]
    public void CheckPeriodId_YearAndMonth_Taken(string id) => Assert.Equal(id, ResourceName.CheckPeriodId(id, "period"));

    [Theory]
    [InlineData("")]
    [InlineData("2018")]
    [InlineData("2018-13")]
    [InlineData("2018-00")]
    [InlineData("2018-1")]
    [InlineData("2018-10\n")]
    [InlineData("October 2018")]
    public void CheckPeriodId_OtherForm_NamesField(string id) =>
        Assert.Equal("period", Assert.Single(Assert.Throws<ApiException>(() => ResourceName.CheckPeriodId(id, "period")).Fields).Field);
}
