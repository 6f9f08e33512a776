/**
 * The English words: the language whose keys are the type of every other.
 *
 * A new area: write `en/<area>.json`, `es/<area>.json` and `ar/<area>.json`, then add one import and one name here, in
 * `es.ts` and in `ar.ts`. A test holds keys, variables and plural forms of the languages against each other.
 */
import about from "./en/about.json" with { type: "json" };
import accounts from "./en/accounts.json" with { type: "json" };
import app from "./en/app.json" with { type: "json" };
import appearance from "./en/appearance.json" with { type: "json" };
import attachments from "./en/attachments.json" with { type: "json" };
import capabilities from "./en/capabilities.json" with { type: "json" };
import commands from "./en/commands.json" with { type: "json" };
import common from "./en/common.json" with { type: "json" };
import composer from "./en/composer.json" with { type: "json" };
import connect from "./en/connect.json" with { type: "json" };
import consent from "./en/consent.json" with { type: "json" };
import contact from "./en/contact.json" with { type: "json" };
import contacts from "./en/contacts.json" with { type: "json" };
import coverage from "./en/coverage.json" with { type: "json" };
import delivery from "./en/delivery.json" with { type: "json" };
import errors from "./en/errors.json" with { type: "json" };
import firstSync from "./en/first-sync.json" with { type: "json" };
import language from "./en/language.json" with { type: "json" };
import list from "./en/list.json" with { type: "json" };
import lock from "./en/lock.json" with { type: "json" };
import menu from "./en/menu.json" with { type: "json" };
import notify from "./en/notify.json" with { type: "json" };
import timeline from "./en/timeline.json" with { type: "json" };
import tray from "./en/tray.json" with { type: "json" };
import media from "./en/media.json" with { type: "json" };
import outbox from "./en/outbox.json" with { type: "json" };
import outboxView from "./en/outbox-view.json" with { type: "json" };
import palette from "./en/palette.json" with { type: "json" };
import redaction from "./en/redaction.json" with { type: "json" };
import schedule from "./en/schedule.json" with { type: "json" };
import templates from "./en/templates.json" with { type: "json" };
import search from "./en/search.json" with { type: "json" };
import settings from "./en/settings.json" with { type: "json" };
import shortcuts from "./en/shortcuts.json" with { type: "json" };
import sidebar from "./en/sidebar.json" with { type: "json" };
import snooze from "./en/snooze.json" with { type: "json" };
import stage from "./en/stage.json" with { type: "json" };
import storage from "./en/storage.json" with { type: "json" };
import support from "./en/support.json" with { type: "json" };
import sync from "./en/sync.json" with { type: "json" };
import thread from "./en/thread.json" with { type: "json" };
import triage from "./en/triage.json" with { type: "json" };
import updates from "./en/updates.json" with { type: "json" };
import views from "./en/views.json" with { type: "json" };
import welcome from "./en/welcome.json" with { type: "json" };

export const en = {
  about,
  accounts,
  app,
  appearance,
  attachments,
  capabilities,
  commands,
  common,
  composer,
  connect,
  consent,
  contact,
  contacts,
  coverage,
  delivery,
  errors,
  firstSync,
  language,
  list,
  lock,
  menu,
  notify,
  timeline,
  tray,
  media,
  outbox,
  outboxView,
  palette,
  redaction,
  schedule,
  templates,
  search,
  settings,
  shortcuts,
  sidebar,
  snooze,
  stage,
  storage,
  support,
  sync,
  thread,
  triage,
  updates,
  views,
  welcome,
};

/** Every language has every area; the keys inside are held equal by a test, since plural forms differ. */
export type Catalogue = Readonly<Record<keyof typeof en, object>>;
