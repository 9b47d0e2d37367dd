import { expect, it } from "vitest";
import { showToast, type Toast, takeToasts, whenToastWaits } from "./toast";

it("keeps what is said until somebody draws it, and wakes them", () => {
  let woken = 0;
  const stopWaiting = whenToastWaits(() => {
    woken += 1;
  });
  showToast({ message: "one" });
  showToast({ message: "two" });
  expect(woken).toBe(2);

  const drawn: Toast[] = [];
  const stop = takeToasts((toast) => drawn.push(toast));
  showToast({ message: "three" });
  expect(drawn.map((toast) => toast.message)).toEqual(["one", "two", "three"]);
  expect(woken).toBe(2);

  stop();
  showToast({ message: "four" });
  expect(drawn).toHaveLength(3);
  stopWaiting();
  takeToasts((toast) => drawn.push(toast))();
  expect(drawn.at(-1)?.message).toBe("four");
});
