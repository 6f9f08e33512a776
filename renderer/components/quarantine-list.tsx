/** The records of one account that could not be read, with the reason; their content is not kept anywhere. */
import { useStores } from "../stores/context.tsx";
import type { AccountStorage } from "../../shared/storage.ts";
import { storageStrings as strings } from "../storage-strings.ts";

export function QuarantineList({ name, quarantined }: { name: string; quarantined: AccountStorage["quarantined"] }) {
  const { format } = useStores();
  const { total, newest } = quarantined;
  const words = strings.quarantine;
  if (total === 0) return <p className="storage-note">{words.none}</p>;
  return (
    <details className="quarantine">
      <summary>{words.title(total, format.count(total))}</summary>
      {newest.length < total && <p className="storage-note">{words.newest(format.count(newest.length))}</p>}
      <table aria-label={words.table(name)}>
        <thead>
          <tr>
            <th scope="col">{words.scope}</th>
            <th scope="col">{words.id}</th>
            <th scope="col">{words.reason}</th>
            <th scope="col">{words.when}</th>
          </tr>
        </thead>
        <tbody>
          {newest.map(({ scope, remoteId, reason, seenAt }, index) => (
            <tr key={index}>
              <td>{words.scopes[scope]}</td>
              <td>{remoteId === null ? words.noId : <bdi>{remoteId}</bdi>}</td>
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
