using PlanServices.History;
using Xunit;

namespace PlanServices.Contracts.Tests.History;

public class FieldValuesTests
{
    [Theory]
    [InlineData("status", "STATUS_NOT_STARTED", "Not started")]
    [InlineData("state", "", "")]
    [InlineData("narrative", "[not a list]", "[not a list]")]
    [InlineData("theme", "plans/p/themes/victims", "victims")]
    [InlineData("opcc_leads", """["NP","CS"]""", "NP; CS")]
    [InlineData("cross_references", """["plans/p/actions/T1"]""", "T1")]
    [InlineData("evidence_links", """["https://example.org/a"]""", "https://example.org/a")]
    [InlineData("delivery_leads", """[{"text":"OPCC","partner":"partners/opcc"},{"text":"County Council","qualifier":"DA"}]""", "OPCC; County Council (DA)")]
    [InlineData("withheld", """[{"field":"status_reason","reason":"It names a victim"}]""", "Why: It names a victim")]
    [InlineData("source", """{"file":"grid.csv","row":3}""", "file grid.csv, row 3")]
    [InlineData("delivery_leads", "", "")]
    [InlineData("carried_over_from", "plans/p/periods/2018-07", "2018-07")]
    public void Say_WhatTheHistoryHas_IsWhatPeopleSay(string field, string value, string said) => Assert.Equal(said, FieldValues.Say(field, value));
}
