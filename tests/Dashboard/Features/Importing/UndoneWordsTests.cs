using PlanServices.Actions.V1;
using PlanServices.Dashboard.Features.Importing;
using Xunit;

namespace PlanServices.Dashboard.Tests.Features.Importing;

public class UndoneWordsTests
{
    [Fact]
    public void Of_WhatWasRemovedAndRestored_CountsEachKind()
    {
        var undone = new UndoImportResponse
        {
            Removed = { "plans/p/actions/V2/updates/2018-10", "plans/p/actions/V3/updates/2018-10", "plans/p/actions/V3" },
            TotalRemoved = 3,
            Restored = { "plans/p/actions/V1/updates/2018-10" },
            TotalRestored = 1,
        };

        Assert.Equal("It removes 2 updates and 1 action, and puts 1 update back as before.", UndoneWords.Of(undone, done: false));
    }

    [Fact]
    public void Of_MoreThanAreNamed_CountsThemTogether() => Assert.Equal(
        "It removed 1,500 updates, actions and the like.",
        UndoneWords.Of(new UndoImportResponse { Removed = { "plans/p/actions/V3" }, TotalRemoved = 1500 }, done: true));

    [Fact]
    public void Of_Nothing_SaysSo() => Assert.Equal("Nothing of it is left to undo.", UndoneWords.Of(new UndoImportResponse(), done: true));
}
