using PlanServices.ServiceDefaults.Names;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Names;

public class RefOrderTests
{
    [Fact]
    public void Key_RefsOfAPlan_OrdersThemAsPrinted()
    {
        (int, string)[] printed =
            [(1, "V1"), (1, "V1.1"), (1, "V2"), (1, "V10"), (2, "O2"), (2, "O2.1"), (2, "O2.2"), (2, "O2.10"), (2, "O3"), (3, "C1"), (10, "A1")];

        var keys = printed.Select(p => RefOrder.Key(p.Item1, p.Item2)).ToArray();

        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }
}
