// Packages whose tests use Chromium unpack it to the same place. Tested at once on a new machine, one would start what
// another has unpacked half of.
import chromium from "@sparticuz/chromium";

await chromium.executablePath();
