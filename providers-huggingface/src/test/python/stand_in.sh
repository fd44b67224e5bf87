# Runs Python, with fakes for training, merging and serving, which need packages.
here=$(dirname "$0")
case "$1" in
  -m) shift 2; exec python3 "$here/fake_transformers.py" "$@";;
  */finetune4j_merge.py) exec mkdir -p "$4";;
  */runner/*) cp "$here/fake_training.py" "$(dirname "$1")/finetune4j_training.py";;
esac
exec python3 "$@"
