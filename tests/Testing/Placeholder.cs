namespace PlanServices.Testing;

internal static class Placeholder;
