namespace PlanServices.Testing.SqlServer;

/// <summary>SQL Server's tools do not work in .NET's invariant mode, which is how a machine without ICU runs .NET.</summary>
public static class Cultures
{
    public const string Missing = "SQL Server's tools need .NET's cultures, and this process runs without (DOTNET_SYSTEM_GLOBALIZATION_INVARIANT).";

    public static readonly bool AreThere = !(AppContext.TryGetSwitch("System.Globalization.Invariant", out var invariant)
        ? invariant
        : Environment.GetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT") is "1" or "true" or "TRUE");
}
