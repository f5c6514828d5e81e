using PlanServices.Partners;
using PlanServices.ServiceDefaults.Hosting;

var builder = ServiceHost.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPartners();

var app = builder.Build();
app.MapServiceDefaults();
app.MapPartners();
return await app.RunServiceAsync();
