"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button";
import { Select } from "./select";

interface Choice {
  code: string;
  name: string;
}

interface ChoiceOrderProps {
  /** What is put in order. */
  label: string;
  /** All that there are to choose from. */
  choices: readonly Choice[];
  /** Codes, best first. */
  chosen: readonly string[];
  /** No more than so many. */
  most: number;
  /** Stands where the list would be while nothing is chosen. */
  none: ReactNode;
  /** Names the list of what can still be added, and stands in it. */
  addLabel: string;
  /** Nothing: then it is only shown. */
  onChange?: (next: string[]) => void;
  onAdd?: (code: string) => void;
}

/**
 * A few out of many, best first. Focus stays on the arrow that was pressed, also at an end; when
 * one was removed it goes to where another is added.
 */
export function ChoiceOrder(props: ChoiceOrderProps) {
  const { label, choices, chosen, most, none, addLabel, onChange, onAdd } = props;
  const t = useTranslations("common");
  const adder = useRef<HTMLSelectElement>(null);
  const nameOf = (code: string) => choices.find((one) => one.code === code)?.name ?? code;

  function move(code: string, by: -1 | 1) {
    const at = chosen.indexOf(code);
    const other = chosen[at + by];
    if (other === undefined) return;
    onChange?.(chosen.map((one) => (one === code ? other : one === other ? code : one)));
  }

  function remove(code: string) {
    onChange?.(chosen.filter((one) => one !== code));
    adder.current?.focus();
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      {chosen.length === 0 ? (
        <p className="text-faint">{none}</p>
      ) : (
        <ol
          aria-label={label}
          className="divide-y divide-line rounded-lg border border-line bg-ink [counter-reset:place]"
        >
          {chosen.map((code, at) => (
            <li
              key={code}
              data-numbers
              className="flex min-h-13 items-center gap-1 ps-4 pe-1 [counter-increment:place] before:w-6 before:shrink-0 before:text-faint before:content-[counter(place)]"
            >
              <span className="min-w-0 grow py-2 font-medium break-words">{nameOf(code)}</span>
              {onChange && (
                <>
                  <MoveButton
                    label={t("moveUp", { name: nameOf(code) })}
                    isEnd={at === 0}
                    onClick={() => move(code, -1)}
                  >
                    <ArrowUp aria-hidden className="size-5" />
                  </MoveButton>
                  <MoveButton
                    label={t("moveDown", { name: nameOf(code) })}
                    isEnd={at === chosen.length - 1}
                    onClick={() => move(code, 1)}
                  >
                    <ArrowDown aria-hidden className="size-5" />
                  </MoveButton>
                  <Button
                    square
                    tone="quiet"
                    aria-label={t("removeNamed", { name: nameOf(code) })}
                    onClick={() => remove(code)}
                  >
                    <X aria-hidden className="size-5" />
                  </Button>
                </>
              )}
            </li>
          ))}
        </ol>
      )}
      {onChange && (
        <Select
          ref={adder}
          // Its first line says it already.
          label={<span className="sr-only">{addLabel}</span>}
          value=""
          disabled={chosen.length >= most}
          onChange={({ target: { value } }) =>
            (onAdd ?? ((code) => onChange([...chosen, code])))(value)
          }
        >
          <option value="">{addLabel}</option>
          {choices
            .filter(({ code }) => !chosen.includes(code))
            .map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </Select>
      )}
    </div>
  );
}

interface MoveButtonProps {
  label: string;
  isEnd: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** Never disabled, which would take the focus away from whoever just pressed it. */
function MoveButton({ label, isEnd, onClick, children }: MoveButtonProps) {
  return (
    <Button
      square
      tone="quiet"
      aria-disabled={isEnd}
      className="aria-disabled:opacity-40"
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
