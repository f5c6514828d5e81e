using PlanServices.ServiceDefaults.Hosting;
using PlanServices.Standalone;

var (options, exitCode) = StandaloneOptions.Parse(args);
if (options is null)
    return exitCode;

var builder = ServiceHost.CreateBuilder([.. options.HostArguments]);
builder.AddStandalone(options);

var app = builder.Build();
app.MapStandalone();
return await app.RunServiceAsync();
