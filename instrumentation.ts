/** Next calls this once when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { refuseToStart, startVigilio } = await import("./jobs/start");
  try {
    await startVigilio();
  } catch (error) {
    refuseToStart(error);
  }
}
