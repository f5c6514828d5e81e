using System.Text;

namespace PlanServices.Actions.Tests;

/// <summary>Small grids of made-up plans.</summary>
public static class Grids
{
    public const string Header =
        "Theme,Ref,Priority action,OPCC lead,Delivery lead,Key delivery activities,Status,Status reason,Direction,Wider partnership opportunities\n";

    /// <summary>Two themes, three leaves, all green.</summary>
    public const string TwoThemes = Header
        + "Victims,V1,Answer calls sooner,NP,Constabulary,The new desk is staffed.,Green,,Improved,\n"
        + "Victims,V2,Keep victims informed,NP / CS,OPCC / County Council (DA),A leaflet was printed. See also T1.,Green,,No change,Share the leaflet.\n"
        + "Transformation,T1,Share buildings,JH,OPCC,Two sites are shared.,Green,,No change,\n";

    /// <summary>A plan of one theme with this many leaves.</summary>
    public static string OfRows(int rows)
    {
        var csv = new StringBuilder(Header);
        for (var i = 1; i <= rows; i++)
            csv.Append($"Communities,C{i},Walk beat {i},NP,Constabulary,Beat {i} was walked.,Green,,No change,\n");

        return csv.ToString();
    }
}
