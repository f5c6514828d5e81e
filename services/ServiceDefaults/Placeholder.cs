namespace PlanServices.ServiceDefaults; internal static class Placeholder;
