/** The Spanish words, area by area; how to add one is told in `en.ts`. Addresses people as "tú". */
import type { Catalogue } from "./en.ts";
import about from "./es/about.json" with { type: "json" };
import accounts from "./es/accounts.json" with { type: "json" };
import app from "./es/app.json" with { type: "json" };
import appearance from "./es/appearance.json" with { type: "json" };
import attachments from "./es/attachments.json" with { type: "json" };
import capabilities from "./es/capabilities.json" with { type: "json" };
import commands from "./es/commands.json" with { type: "json" };
import common from "./es/common.json" with { type: "json" };
import composer from "./es/composer.json" with { type: "json" };
import connect from "./es/connect.json" with { type: "json" };
import consent from "./es/consent.json" with { type: "json" };
import contact from "./es/contact.json" with { type: "json" };
import contacts from "./es/contacts.json" with { type: "json" };
import coverage from "./es/coverage.json" with { type: "json" };
import delivery from "./es/delivery.json" with { type: "json" };
import errors from "./es/errors.json" with { type: "json" };
import firstSync from "./es/first-sync.json" with { type: "json" };
import language from "./es/language.json" with { type: "json" };
import list from "./es/list.json" with { type: "json" };
import lock from "./es/lock.json" with { type: "json" };
import menu from "./es/menu.json" with { type: "json" };
import notify from "./es/notify.json" with { type: "json" };
import timeline from "./es/timeline.json" with { type: "json" };
import tray from "./es/tray.json" with { type: "json" };
import media from "./es/media.json" with { type: "json" };
import outbox from "./es/outbox.json" with { type: "json" };
import outboxView from "./es/outbox-view.json" with { type: "json" };
import palette from "./es/palette.json" with { type: "json" };
import redaction from "./es/redaction.json" with { type: "json" };
import schedule from "./es/schedule.json" with { type: "json" };
import templates from "./es/templates.json" with { type: "json" };
import search from "./es/search.json" with { type: "json" };
import settings from "./es/settings.json" with { type: "json" };
import shortcuts from "./es/shortcuts.json" with { type: "json" };
import sidebar from "./es/sidebar.json" with { type: "json" };
import snooze from "./es/snooze.json" with { type: "json" };
import stage from "./es/stage.json" with { type: "json" };
import storage from "./es/storage.json" with { type: "json" };
import support from "./es/support.json" with { type: "json" };
import sync from "./es/sync.json" with { type: "json" };
import thread from "./es/thread.json" with { type: "json" };
import triage from "./es/triage.json" with { type: "json" };
import updates from "./es/updates.json" with { type: "json" };
import views from "./es/views.json" with { type: "json" };
import welcome from "./es/welcome.json" with { type: "json" };

export const es = {
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
