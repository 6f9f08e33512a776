/** The records of one account that could not be read, with the reason; their content is not kept anywhere. */
import { useStores } from "../stores/context.tsx";
import type { AccountStorage } from "../../shared/storage.ts";
import { t } from "../i18n.ts";

export function QuarantineList({ name, quarantined }: { name: string; quarantined: AccountStorage["quarantined"] }) {
  const { format } = useStores();
  const { total, newest } = quarantined;
  if (total === 0) return <p className="storage-note">{t("storage.quarantine.none")}</p>;
  return (
    <details className="quarantine">
      <summary>{t("storage.quarantine.title", { count: total })}</summary>
      {newest.length < total && (
        <p className="storage-note">{t("storage.quarantine.newest", { shown: format.count(newest.length) })}</p>
      )}
      <table aria-label={t("storage.quarantine.table", { name })}>
        <thead>
          <tr>
            <th scope="col">{t("storage.quarantine.scope")}</th>
            <th scope="col">{t("storage.quarantine.id")}</th>
            <th scope="col">{t("storage.quarantine.reason")}</th>
            <th scope="col">{t("storage.quarantine.when")}</th>
          </tr>
        </thead>
        <tbody>
          {newest.map(({ scope, remoteId, reason, seenAt }, index) => (
            <tr key={index}>
              <td>{t(`storage.quarantine.scopes.${scope}`)}</td>
              <td>{remoteId === null ? t("storage.quarantine.noId") : <bdi>{remoteId}</bdi>}</td>
              <td>
                <bdi>{reason}</bdi>
              </td>
              <td className="tabular">{format.moment(seenAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
