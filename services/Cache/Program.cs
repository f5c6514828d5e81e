using PlanServices.Cache;

var builder = Host.CreateApplicationBuilder(args);
builder.AddCacheServer();
await builder.Build().RunAsync();
