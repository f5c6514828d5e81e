namespace PlanServices.ServiceDefaults.Hosting;

/// <summary>Addresses of the suite's services for service discovery: <c>Services:{service}:{endpoint}:0</c> says where they are.</summary>
public static class ServiceAddress
{
    /// <summary>The endpoint <c>grpc</c> (HTTP/2).</summary>
    public static string Grpc(string service) => $"http://_grpc.{service}";

    /// <summary>The endpoint <c>http</c> (HTTP/1.1).</summary>
    public static string Http(string service) => $"http://_http.{service}";
}
