/** Printing what the window shows; not every web view does. */

/** How long after asking a print that was heard shows itself (ms). */
const PATIENCE = 500;

/** Opens the system's print dialog. False when nothing came of it, so that another way must be told. */
export async function printWindow(): Promise<boolean> {
  let began = false;
  const heard = () => (began = true);
  window.addEventListener("beforeprint", heard);
  try {
    window.print();
    if (!began) await new Promise((done) => setTimeout(done, PATIENCE));
  } catch {
    return false;
  } finally {
    window.removeEventListener("beforeprint", heard);
  }
  return began;
}
