# What the plan says for the task of this index; the plan has a line a task.
i=$1
dir=$POOLBOARD_FAULTS_DIR
printf x >> "$dir/tries/$i"
tries=$(wc -c < "$dir/tries/$i")
case $(sed -n "$((i + 1))p" "$dir/plan.txt") in
  slow) sleep 0.0$((1 + i % 4)) ;;
  throws) exit 3 ;;
  throws-first) [ "$tries" -gt 1 ] || exit 4 ;;
  big) head -c 200000 /dev/zero | tr '\0' x ;;
  prints) seq 1 200000 >&2 ;;
  kill) kill -9 $$ ;;
  grandchild) sleep 1000 > /dev/null 2>&1 & ;;
  hang) trap '' TERM INT; sleep 1000 ;;
  hang-first) [ "$tries" -gt 1 ] || sleep 1000 ;;
  family) sh -c 'sleep 1000 & wait' ;;
esac
echo $((i * i))
