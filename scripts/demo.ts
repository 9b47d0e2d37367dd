// npm run demo -- on|off: switches demo mode, whether or not Vigilio runs. Without a word: how it is.
import { parseArgs } from "node:util";
import { switchDemo } from "@/lib/demo/switch";
import { isDemo } from "@/lib/settings/data";
import { serverEnvironment, withDatabase } from "./data-folder";
import { command, root, StepError } from "./prepare/step.mjs";

const meaning = {
  on: "Demo mode is on: strangers may look around and play films, and nobody may change anything.",
  off: "Demo mode is off: people sign in, and everything can be changed again.",
};
const nameOf = (isOn: boolean) => (isOn ? "on" : "off");

await command("Demo mode was not switched", async () => {
  process.chdir(root);
  const [wish, ...more] = parseArgs({ allowPositionals: true }).positionals;
  const env = serverEnvironment();
  const isKnown = wish === undefined || wish === "on" || wish === "off";
  if (!isKnown || more.length > 0) throw new StepError("say npm run demo -- on, or off.");
  const owned = env.values.DEMO;
  await withDatabase(env, (db) => {
    if (wish && owned !== undefined) {
      throw new StepError(
        `DEMO=${owned} in the environment decides: demo mode is ${nameOf(owned)}. Take DEMO out, start Vigilio again, and this command switches it.`,
      );
    }
    if (wish) switchDemo(db, { isOn: wish === "on", now: new Date() });
    console.log(meaning[wish ?? nameOf(isDemo(db, env))]);
    if (owned !== undefined) console.log("It is set by DEMO in the environment.");
  });
});
