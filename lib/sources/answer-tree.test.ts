import { describe, expect, it } from "vitest";
import { firstState, toggled, treeStep, visibleNodes, withMore } from "./answer-tree";
import { cutAnswer } from "./cut-answer";

const answer = { status: "ok", movies: [{ title: "A" }, { title: "B" }, 3, 4, 5], none: [] };

function shown(state = firstState(answer)) {
  return visibleNodes(answer, state).map(
    ({ level, label, kind, count }) => `${level} ${label} ${kind} ${count}`,
  );
}

describe("the tree of an answer", () => {
  it("begins open down to the first element, with long lists cut", () => {
    expect(shown()).toEqual([
      ...["1 null object 3", "2 status value 0", "2 movies list 5", "3 0 object 1"],
      ...["4 title value 0", "3 1 object 1", "3 2 value 0", "3 null more 2", "2 none list 0"],
    ]);
  });

  it("shows more of a list, and closes", () => {
    const all = shown(withMore(firstState(answer), ["movies"]));
    expect(all).toContain("3 4 value 0");
    expect(all.some((line) => line.includes("more"))).toBe(false);
    expect(shown(toggled(firstState(answer), '["movies"]'))).toHaveLength(4);
  });

  it("is walked with the keys of a tree", () => {
    const nodes = visibleNodes(answer, firstState(answer));
    const go = (id: string, key: Parameters<typeof treeStep>[2]) => treeStep(nodes, id, key);
    expect(go("[]", "down")).toEqual({ focus: '["status"]' });
    expect(go("[]", "up")).toBe(null);
    expect(go('["movies"]', "in")).toEqual({ focus: '["movies",0]' });
    expect(go('["movies",1]', "in")).toEqual({ toggle: '["movies",1]' });
    expect(go('["movies",0,"title"]', "out")).toEqual({ focus: '["movies",0]' });
    expect(go('["movies",0]', "out")).toEqual({ toggle: '["movies",0]' });
    expect(go('["none"]', "in")).toBe(null);
    expect(go('["status"]', "last")).toEqual({ focus: '["none"]' });
    expect(go('["none"]', "first")).toEqual({ focus: "[]" });
  });
});

describe("an answer that is too much", () => {
  it("is cut to what can be looked through", () => {
    const large = {
      rows: Array.from({ length: 5000 }, (_, at) => ({ at, text: "x".repeat(200) })),
    };
    const { answer: cut, isCut } = cutAnswer(large);
    expect(isCut).toBe(true);
    expect((cut as typeof large).rows).toHaveLength(40);
    const wide = Array.from({ length: 40 }, () =>
      Array.from({ length: 40 }, () => ["x".repeat(9000)]),
    );
    expect(JSON.stringify(cutAnswer(wide).answer).length).toBeLessThan(600_000);
  });

  it("stays as it is when it is small", () => {
    const given = JSON.parse('{"__proto__": 1, "a": [null, true, "b"]}');
    expect(cutAnswer(given)).toEqual({ answer: given, isCut: false });
    expect(Object.hasOwn(cutAnswer(given).answer as object, "__proto__")).toBe(true);
  });
});
