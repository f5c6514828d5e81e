using PlanServices.Actions.Features.Grid.Reading;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Grid.Reading;

public class RefTextTests
{
    [Theory]
    [InlineData("V4", "V4")]
    [InlineData("V4.", "V4")]
    [InlineData("O 1.1", "O1.1")]
    [InlineData("O1.1.1", "O1.1")]
    [InlineData("С3.", "C3")]
    [InlineData("ТЗ", "T3")]
    [InlineData("c8", "C8")]
    [InlineData("AB12.3", "AB12.3")]
    [InlineData("7", "7")]
    public void Plain_ReadableRef_IsRead(string cell, string reference) => Assert.Equal(reference, RefText.Plain(cell)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("O0")]
    [InlineData("V1.0")]
    [InlineData("V1.2.3")]
    [InlineData("Victims")]
    [InlineData("V-")]
    public void Plain_NoRef_Null(string cell) => Assert.Null(RefText.Plain(cell));

    [Theory]
    [InlineData("01.1.1", "O1.1")]
    [InlineData("011.", "O11")]
    [InlineData("17", "T7")]
    [InlineData("5", "O5")]
    [InlineData("Y4", "V4")]
    [InlineData("Tl0", "T10")]
    public void Readings_DamagedRef_HoldTheTrueOne(string cell, string reference) =>
        Assert.Contains(reference, RefText.Readings(cell, ["V", "O", "T"]).Select(r => r.Ref.ToString()));

    [Theory]
    [InlineData("V1.1", true)]
    [InlineData("03.", true)]
    [InlineData("5", true)]
    [InlineData("CSPs", false)]
    [InlineData("Victims 57", false)]
    [InlineData("", false)]
    public void LooksLikeRef_Cell_TellsRefsFromText(string cell, bool looks) => Assert.Equal(looks, RefText.LooksLikeRef(cell));
}
