CREATE TABLE IF NOT EXISTS ${prefix}added_later (
  note VARCHAR(10)
);
