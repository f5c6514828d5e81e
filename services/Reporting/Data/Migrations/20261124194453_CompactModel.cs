using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlanServices.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class CompactModel : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What was followed is followed anew: it comes back by itself.
            migrationBuilder.Sql("DELETE FROM resources;");
            migrationBuilder.Sql("DELETE FROM plans;");
            migrationBuilder.Sql("DELETE FROM follower_position;");

            migrationBuilder.DropIndex(
                name: "IX_resources_PlanId_Kind_Period",
                table: "resources");

            migrationBuilder.DropColumn(
                name: "Period",
                table: "resources");

            migrationBuilder.CreateTable(
                name: "updates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Fact = table.Column<int>(type: "INTEGER", nullable: false),
                    Message = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_updates", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_resources_PlanId_Kind",
                table: "resources",
                columns: new[] { "PlanId", "Kind" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "updates");

            migrationBuilder.DropIndex(
                name: "IX_resources_PlanId_Kind",
                table: "resources");

            migrationBuilder.AddColumn<string>(
                name: "Period",
                table: "resources",
                type: "TEXT",
                maxLength: 7,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_resources_PlanId_Kind_Period",
                table: "resources",
                columns: new[] { "PlanId", "Kind", "Period" });
        }
    }
}
