import { reason } from "@/lib/errors";
import { codecName } from "./names";
import { isRefusal, type Plan, type PlanOptions, planFor, type Refusal } from "./plan";
import type { Probe } from "./probe-types";

/**
 * What becomes of HEVC and AV1, which only some browsers show: H.264 in their place, nothing, or
 * H.264 beside them.
 */
export type ModernCodecs = "convert" | "keep" | "both";

/** What is done first, and what the H.264 version that is made after it does to the first. */
export interface StagedPlan {
  plan: Plan;
  followUp: "replace" | "join" | null;
}

/**
 * Decides what is done to a file, in two stages where that makes it playable sooner: an HEVC or AV1
 * picture that needs nothing but another container or sound is there in minutes for the browsers
 * that show it, and its conversion, which takes hours, follows. What has to be encoded for another
 * reason (its size, for instance) is encoded at once.
 */
export function planInStages(
  probe: Probe,
  options: PlanOptions,
  modernCodecs: ModernCodecs,
): StagedPlan | Refusal {
  const copied = planFor(probe, { ...options, keepModern: true });
  const isKept = !isRefusal(copied) && ["hevc", "av1"].includes(copied.video.codec);
  if (modernCodecs === "keep") {
    if (isRefusal(copied)) return copied;
    return { plan: isKept ? withReason(copied, "plan-modern-kept") : copied, followUp: null };
  }
  const converted = planFor(probe, options);
  if (isRefusal(converted)) return converted;
  if (!isKept) return { plan: converted, followUp: null };
  return {
    plan: withReason(copied, "plan-modern-first"),
    followUp: modernCodecs === "convert" ? "replace" : "join",
  };
}

function withReason(plan: Plan, code: "plan-modern-kept" | "plan-modern-first"): Plan {
  return { ...plan, why: [reason(code, { codec: codecName(plan.video.codec) }), ...plan.why] };
}
