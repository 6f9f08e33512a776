/** What stands where there is nothing to list: a symbol, one line, one hint, at most one action. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import "./empty-state.css";

export function EmptyState({
  icon: Icon,
  title,
  hint,
  action,
}: {
  icon: LucideIcon;
  title: string;
  hint?: string;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon aria-hidden size="1.846rem" strokeWidth={1.5} />
      </span>
      <p className="empty-title">{title}</p>
      {hint !== undefined && <p className="empty-hint">{hint}</p>}
      {action}
    </div>
  );
}
