// npm run build: everything that npm start does before it serves, for images and machines that are
// prepared ahead. Programs such as ffmpeg are looked for when Vigilio starts.
import { ensureBuild } from "./prepare/build.mjs";
import { checkNode, ensureDependencies } from "./prepare/dependencies.mjs";
import { alone } from "./prepare/lock.mjs";
import { command } from "./prepare/step.mjs";

await command("Vigilio can't be built", async () => {
  checkNode();
  await alone(async () => {
    await ensureDependencies();
    console.log(`The build lies in ${await ensureBuild()}.`);
  });
});
