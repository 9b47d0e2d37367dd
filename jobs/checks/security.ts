import { fileFacts } from "@/lib/checks/file-modes";
import { checkFiles } from "@/lib/checks/files";
import { checkPasswords, checkSecrets } from "@/lib/checks/passwords";
import { adminFacts } from "@/lib/checks/weak-passwords";
import type { Look } from "./context";

/** Looks at passwords, secrets and files; how somebody came here is known when they look. */
export const lookAtSecurity: Look = async ({ db, env, now }) => {
  const { VIGILIO_SECRET, VIGILIO_API_TOKEN } = env.values;
  const secrets = Object.entries({ VIGILIO_SECRET, VIGILIO_API_TOKEN }).flatMap(
    ([variable, value]) => (value === undefined ? [] : [{ variable, value }]),
  );
  return [
    checkPasswords(await adminFacts(db, now())),
    checkSecrets(secrets),
    checkFiles(fileFacts(env)),
  ];
};
