/** The frame of a screen that is a page: title, a line about it, perhaps one action, then its cards. */
import type { ReactNode } from "react";
import "./page.css";

interface Props {
  readonly title: string;
  /** One line or several below the title. */
  readonly intro: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, intro, action, children }: Props) {
  return (
    <main className="page" aria-label={title}>
      <div className="page-body">
        <header className="page-header">
          <div className="page-title">
            <h1 tabIndex={-1}>{title}</h1>
            {intro}
          </div>
          {action}
        </header>
        {children}
      </div>
    </main>
  );
}
