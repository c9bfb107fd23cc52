import { Alert, Button, Empty, Skeleton } from "antd";
import type { ReactNode } from "react";
import { isLockedOut, refusedOf } from "../refused.ts";

/** What went wrong, in the server's words, and a way to try again. */
export function Trouble({ error, again, busy }: { error: unknown; again?: () => void; busy?: boolean }) {
  const retry = again && (
    <Button onClick={again} loading={busy ?? false}>
      重试
    </Button>
  );
  return <Alert type="error" showIcon role="alert" title={refusedOf(error).zh} action={retry} />;
}

type ShownProps = {
  isPending: boolean;
  error: unknown;
  again: () => void;
  busy?: boolean;
  empty?: string | false;
  children: ReactNode;
};
/** The four states of everything that is fetched: skeleton, trouble, empty, there. What was seen stays under a trouble. */
export function Shown({ isPending, error, again, busy, empty, children }: ShownProps) {
  if (isPending && !error) {
    return (
      <section className="card" aria-busy="true" aria-label="正在打开">
        <Skeleton active={false} title={false} paragraph={{ rows: 6 }} />
      </section>
    );
  }
  if (isPending) return <Trouble error={error} again={again} busy={busy ?? false} />;
  return (
    <>
      {error ? <Trouble error={error} again={again} busy={busy ?? false} /> : null}
      {empty && error ? null : empty ? (
        <div className="card">
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<span className="hint">{empty}</span>} />
        </div>
      ) : (
        children
      )}
    </>
  );
}

export function PageHead({ title, children, hint }: { title: string; children?: ReactNode; hint?: string }) {
  return (
    <div className="page-head">
      <h1>{title}</h1>
      <div className="line">{children}</div>
      {hint ? <p>{hint}</p> : null}
    </div>
  );
}

/** Says the outcome of an act where it was made. */
export function ActTrouble({ error }: { error: unknown }) {
  // Who is locked out sees the sign-in page instead, and after it this is no longer true.
  if (!error || isLockedOut(error)) return null;
  return <Alert type="error" showIcon role="alert" title={refusedOf(error).zh} />;
}
