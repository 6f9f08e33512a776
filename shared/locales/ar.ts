/** The Arabic words, area by area; how to add one is told in `en.ts`. Modern Standard Arabic, right to left. */
import type { Catalogue } from "./en.ts";
import about from "./ar/about.json" with { type: "json" };
import accounts from "./ar/accounts.json" with { type: "json" };
import app from "./ar/app.json" with { type: "json" };
import appearance from "./ar/appearance.json" with { type: "json" };
import attachments from "./ar/attachments.json" with { type: "json" };
import capabilities from "./ar/capabilities.json" with { type: "json" };
import commands from "./ar/commands.json" with { type: "json" };
import common from "./ar/common.json" with { type: "json" };
import composer from "./ar/composer.json" with { type: "json" };
import connect from "./ar/connect.json" with { type: "json" };
import consent from "./ar/consent.json" with { type: "json" };
import contact from "./ar/contact.json" with { type: "json" };
import contacts from "./ar/contacts.json" with { type: "json" };
import coverage from "./ar/coverage.json" with { type: "json" };
import delivery from "./ar/delivery.json" with { type: "json" };
import errors from "./ar/errors.json" with { type: "json" };
import firstSync from "./ar/first-sync.json" with { type: "json" };
import language from "./ar/language.json" with { type: "json" };
import list from "./ar/list.json" with { type: "json" };
import lock from "./ar/lock.json" with { type: "json" };
import menu from "./ar/menu.json" with { type: "json" };
import notify from "./ar/notify.json" with { type: "json" };
import timeline from "./ar/timeline.json" with { type: "json" };
import tray from "./ar/tray.json" with { type: "json" };
import media from "./ar/media.json" with { type: "json" };
import outbox from "./ar/outbox.json" with { type: "json" };
import outboxView from "./ar/outbox-view.json" with { type: "json" };
import palette from "./ar/palette.json" with { type: "json" };
import redaction from "./ar/redaction.json" with { type: "json" };
import schedule from "./ar/schedule.json" with { type: "json" };
import templates from "./ar/templates.json" with { type: "json" };
import search from "./ar/search.json" with { type: "json" };
import settings from "./ar/settings.json" with { type: "json" };
import shortcuts from "./ar/shortcuts.json" with { type: "json" };
import sidebar from "./ar/sidebar.json" with { type: "json" };
import snooze from "./ar/snooze.json" with { type: "json" };
import stage from "./ar/stage.json" with { type: "json" };
import storage from "./ar/storage.json" with { type: "json" };
import support from "./ar/support.json" with { type: "json" };
import sync from "./ar/sync.json" with { type: "json" };
import thread from "./ar/thread.json" with { type: "json" };
import triage from "./ar/triage.json" with { type: "json" };
import updates from "./ar/updates.json" with { type: "json" };
import views from "./ar/views.json" with { type: "json" };
import welcome from "./ar/welcome.json" with { type: "json" };

export const ar = {
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
} satisfies Catalogue;
