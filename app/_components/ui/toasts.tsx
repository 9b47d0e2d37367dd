"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { whenToastWaits } from "./toast";

const ToastDrawer = lazy(() => import("./toast-drawer"));

/** Draws what `showToast` says; stands once, in the root layout. */
export function Toasts() {
  const [needed, setNeeded] = useState(false);
  useEffect(() => whenToastWaits(() => setNeeded(true)), []);
  return needed ? (
    <Suspense>
      <ToastDrawer />
    </Suspense>
  ) : null;
}
