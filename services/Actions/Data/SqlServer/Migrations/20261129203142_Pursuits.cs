using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlanServices.Actions.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Pursuits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "FormerDeliveryLeads",
                table: "plan_actions",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "FormerOpccLeads",
                table: "plan_actions",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Pursuits",
                table: "plan_actions",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<long>(
                name: "LockRevision",
                table: "periods",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.TellPursuits();
            // Nobody who followed the log is told: it is another one, so that they read the plans anew, and no cached answer is given again.
            migrationBuilder.Sql("UPDATE change_log_identity SET Id = LOWER(CONVERT(char(32), CRYPT_GEN_RANDOM(16), 2));");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "FormerDeliveryLeads",
                table: "plan_actions");

            migrationBuilder.DropColumn(
                name: "FormerOpccLeads",
                table: "plan_actions");

            migrationBuilder.DropColumn(
                name: "Pursuits",
                table: "plan_actions");

            migrationBuilder.DropColumn(
                name: "LockRevision",
                table: "periods");
        }
    }
}
