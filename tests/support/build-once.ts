import { buildOnce } from "./vigilio";

/** Before any browser test: builds when the sources changed. */
export default async function setUp(): Promise<void> {
  await buildOnce();
}
