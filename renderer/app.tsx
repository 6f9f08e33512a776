/** Chooses the screen: stage, first run, or the inbox with its sidebar; dialogs and toasts lie above all of them. */
import { useEffect } from "react";
import { Appearance } from "./components/appearance.tsx";
import { CommandPalette, ShortcutSheet } from "./components/command-dialogs.tsx";
import { CommandKeys } from "./components/command-keys.tsx";
import { ConnectDialog } from "./components/connect-dialog.tsx";
import { DiskNotice } from "./components/disk-notice.tsx";
import { ImportNamesDialog } from "./components/import-names-dialog.tsx";
import { InTurn } from "./components/in-turn.tsx";
import { JumpDateDialog } from "./components/jump-date-dialog.tsx";
import { RenameDialog } from "./components/rename-dialog.tsx";
import { ReplaceKeyDialog } from "./components/replace-key-dialog.tsx";
import { Sidebar } from "./components/sidebar.tsx";
import { SnoozeDialog, SnoozePickDialog } from "./components/snooze-dialogs.tsx";
import { Toasts } from "./components/toasts.tsx";
import { Notice } from "./components/ui.tsx";
import { AccountsScreen } from "./screens/accounts-screen.tsx";
import { InboxScreen } from "./screens/inbox-screen.tsx";
import { OutboxScreen } from "./screens/outbox-screen.tsx";
import { SettingsScreen } from "./screens/settings-screen.tsx";
import { StageScreen, Starting } from "./screens/stage-screen.tsx";
import { StorageScreen } from "./screens/storage-screen.tsx";
import { WelcomeScreen } from "./screens/welcome-screen.tsx";
import { keepFocus } from "./lib/focus-keeper.ts";
import { useAccounts, useApp, useNav, useStores } from "./stores/context.tsx";
import type { NavState } from "./stores/nav-store.ts";
import { t } from "./i18n.ts";

export function App() {
  useEffect(() => keepFocus(document), []);
  return (
    <div className="app">
      <DiskNotice />
      <Appearance />
      <Notices />
      <Screen />
      <Dialogs />
      <Toasts />
    </div>
  );
}

function Screen() {
  const stage = useApp((state) => state.app?.stage);
  const hasAccounts = useAccounts((state) => (state.accounts === null ? null : state.accounts.length > 0));
  const failure = useAccounts((state) => state.failure);
  const view = useNav((state) => state.view);
  if (stage === undefined) return <Starting />;
  if (stage !== "ready") return <StageScreen stage={stage} />;
  if (hasAccounts === null) return <Starting failure={failure} />;
  if (!hasAccounts) return <WelcomeScreen />;
  return (
    <div className="shell">
      <CommandKeys />
      <InTurn meanwhile={<div className="sidebar" />}>
        <Sidebar />
      </InTurn>
      <View view={view} />
    </div>
  );
}

function View({ view }: { view: NavState["view"] }) {
  if (view === "accounts") return <AccountsScreen />;
  if (view === "outbox") return <OutboxScreen />;
  if (view === "storage") return <StorageScreen />;
  return view === "settings" ? <SettingsScreen /> : <InboxScreen />;
}

function Notices() {
  const { app: store } = useStores();
  const app = useApp((state) => state.app);
  if (app?.stage !== "ready") return null;
  return (
    <>
      {app.setAside !== null && (
        <Notice
          title={t(`stage.setAside.${app.setAside.reason}`)}
          body={t("stage.setAside.body", { path: app.setAside.path })}
          onDismiss={() => void store.dismissSetAside()}
        />
      )}
      {app.sessionOnly && <Notice title={t("stage.sessionOnly")} />}
    </>
  );
}

function Dialogs() {
  const dialog = useNav((state) => state.dialog);
  const account = useAccounts((state) =>
    dialog?.kind === "replace_key" ? state.accounts?.find(({ id }) => id === dialog.id) : undefined,
  );
  const { conversationOf } = useStores();
  switch (dialog?.kind) {
    case "connect":
      return <ConnectDialog />;
    case "palette":
      return <CommandPalette />;
    case "shortcuts":
      return <ShortcutSheet />;
    case "snooze":
      return <SnoozeDialog ids={dialog.ids} />;
    case "snooze_pick":
      return <SnoozePickDialog ids={dialog.ids} />;
    case "rename":
      return <RenameDialog key={dialog.id} id={dialog.id} name={conversationOf(dialog.id)?.contactName ?? ""} />;
    case "jump_date":
      return <JumpDateDialog key={dialog.id} id={dialog.id} />;
    case "import_names":
      return <ImportNamesDialog />;
    case "replace_key":
    // The composer shows these itself: it knows where the text goes.
    case "template":
    case "emoji":
    case "send_later":
    case "send_later_pick":
    case undefined:
      break;
  }
  return account === undefined ? null : <ReplaceKeyDialog account={account} />;
}
