/** The small parts every screen is made of: buttons, icon buttons with a tooltip, fields, notices. No store access. */
import type { LucideIcon } from "lucide-react";
import { CircleAlert, X } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { useEffect, useRef } from "react";
import type { ButtonProps, TextFieldProps } from "react-aria-components";
import { Button, Input, Label, Text, TextField, Tooltip, TooltipTrigger } from "react-aria-components";
import { t } from "../i18n.ts";

export function TextButton({
  tone = "plain",
  ...props
}: ButtonProps & { tone?: "primary" | "plain" | "quiet" | "danger" }) {
  return <Button {...props} className={`button button-${tone}`} />;
}

export function Hint({ text, children }: { text: string; children: ReactNode }) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <Tooltip className="tooltip" offset={6}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}

export function IconButton({
  label,
  icon: Icon,
  className = "",
  ...props
}: ButtonProps & { label: string; icon: LucideIcon; className?: string; ref?: Ref<HTMLButtonElement> }) {
  return (
    <Hint text={label}>
      <Button {...props} aria-label={label} className={`icon-button ${className}`}>
        <Icon aria-hidden size="1.231rem" strokeWidth={1.75} />
      </Button>
    </Hint>
  );
}

export function Field({
  label,
  hint,
  placeholder,
  after,
  ...props
}: Omit<TextFieldProps, "children" | "className"> & {
  label: string;
  hint?: string;
  placeholder?: string;
  after?: ReactNode;
}) {
  return (
    <TextField {...props} className="field">
      <Label className="field-label">{label}</Label>
      <div className="field-box">
        <Input className="input" {...(placeholder === undefined ? {} : { placeholder })} />
        {after}
      </div>
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
    </TextField>
  );
}

/** An error that takes the focus when it appears, so that keyboard and screen reader land on what to do. */
export function Alert({ text, focusKey }: { text: string; focusKey: unknown }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), [focusKey]);
  return (
    <div ref={ref} className="alert" role="alert" tabIndex={-1}>
      <CircleAlert aria-hidden size="1.231rem" strokeWidth={1.75} />
      <p>{text}</p>
    </div>
  );
}

export function Notice({
  title,
  body,
  onDismiss,
}: {
  title: string;
  body?: string;
  onDismiss?: (() => void) | undefined;
}) {
  return (
    <section className="notice" aria-label={title}>
      <p>
        <strong>{title}</strong> {body}
      </p>
      {onDismiss !== undefined && <IconButton label={t("common.dismiss")} icon={X} onPress={onDismiss} />}
    </section>
  );
}

export function Spinner() {
  return <span className="spinner" aria-hidden />;
}
