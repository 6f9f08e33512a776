/** The controls of the settings: one way to draw a tick and a choice, each with its hint tied to it. */
import type { ReactNode } from "react";
import { useId } from "react";
import { Checkbox } from "react-aria-components";

interface TickProps {
  readonly isOn: boolean;
  readonly label: ReactNode;
  readonly hint?: string;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Tick({ isOn, label, hint, isDisabled = false, onChange }: TickProps) {
  const id = useId();
  return (
    <div>
      <Checkbox
        className="checkbox"
        isSelected={isOn}
        isDisabled={isDisabled}
        onChange={onChange}
        {...(hint === undefined ? {} : { "aria-describedby": id })}
      >
        <span className="checkbox-box" aria-hidden />
        {label}
      </Checkbox>
      {hint !== undefined && (
        <p className="settings-hint" id={id}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly isOn: boolean;
  readonly label: string;
  readonly hint: string;
  readonly onChoose: () => void;
}

export function Choice({ name, isOn, label, hint, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <div>
      <label className="settings-choice">
        <input type="radio" name={name} checked={isOn} aria-describedby={id} onChange={onChoose} />
        {label}
      </label>
      <p className="settings-hint" id={id}>
        {hint}
      </p>
    </div>
  );
}
