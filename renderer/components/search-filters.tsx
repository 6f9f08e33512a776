/**
 * The filters a search understands, as buttons under its box: shown while the box or one of them has the focus.
 *
 * A press puts the filter behind what is typed and goes on typing there. Must not search by itself.
 */
import { Button, Toolbar } from "react-aria-components";
import { t } from "../i18n.ts";
import { focusSearchEnd } from "../lib/places.ts";
import { useSearch, useStores } from "../stores/context.tsx";

const FILTERS = [
  ["from", "from:"],
  ["unread", "is:unread"],
  ["media", "has:media"],
  ["after", "after:"],
  ["before", "before:"],
  ["account", "account:"],
] as const;

const NEEDS_DAY = /(?:^|\s)(?:before|after):$/iu;

function filtersIn(query: string): string[] {
  const typed = query.toLowerCase().split(/\s+/u);
  const isIn = (filter: string) =>
    typed.some((part) => (filter.endsWith(":") ? part.startsWith(filter) : part === filter));
  return FILTERS.map(([, filter]) => filter).filter(isIn);
}

export function SearchFilters() {
  const { search } = useStores();
  // Drawn again when a filter comes or goes, not with every letter.
  const needsDay = useSearch(({ query }) => NEEDS_DAY.test(query));
  const on = useSearch(({ query }) => filtersIn(query).join(" "));
  return (
    <div className="search-filters">
      <Toolbar className="search-chips" aria-label={t("search.filters")}>
        {FILTERS.map(([name, filter]) => {
          const isOn = on.split(" ").includes(filter);
          return (
            <Button
              key={filter}
              className="search-chip"
              aria-pressed={isOn}
              onPress={() => {
                if (!isOn || !filter.endsWith(":")) search.toggleFilter(filter);
                requestAnimationFrame(focusSearchEnd);
              }}
            >
              {t(`search.filter.${name}`)}
            </Button>
          );
        })}
      </Toolbar>
      {needsDay && <p className="search-day">{t("search.dayHint")}</p>}
    </div>
  );
}
