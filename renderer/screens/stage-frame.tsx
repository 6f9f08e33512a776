/** The card in the middle of a window that has no inbox to show: a picture, a title, what can be done. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import "./stage-screen.css";

interface Props {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children: ReactNode;
}

export function StageFrame({ icon: Icon, title, children }: Props) {
  return (
    <main className="stage">
      <div className="stage-card">
        <span className="stage-icon">
          <Icon aria-hidden size="2.154rem" strokeWidth={1.5} />
        </span>
        <h1 tabIndex={-1}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
