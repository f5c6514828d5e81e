using System.Globalization;
using System.Text;

namespace PlanServices.ServiceDefaults.Names;

/// <summary>Orders a plan's actions as it prints them: by theme, then V1, V2, V10, O2, O2.1.</summary>
public static class RefOrder
{
    /// <summary>A key whose ordinal order is the plan's order: numbers in it are padded.</summary>
    public static string Key(int themePosition, string reference)
    {
        var key = new StringBuilder().Append(themePosition.ToString("D4", CultureInfo.InvariantCulture)).Append(' ');
        for (var i = 0; i < reference.Length;)
        {
            var digits = 0;
            while (i + digits < reference.Length && char.IsAsciiDigit(reference[i + digits]))
                digits++;

            if (digits == 0)
            {
                key.Append(reference[i++]);
                continue;
            }

            key.Append('0', Math.Max(0, 6 - digits)).Append(reference, i, digits);
            i += digits;
        }

        return key.ToString();
    }
}
