# assign.awk -v dir=DIR: an assignment problem of the OR-Library (n, then n
# rows of n costs, to be minimised) to an explicit instance in DIR.
# objective = -cost - price * persons left out.
{ for (i = 1; i <= NF; i++) number[count++] = $i + 0 }
END {
    n = number[0]
    if (count != 1 + n * n) {
        print "assign.awk: " count " numbers do not fit" > "/dev/stderr"
        exit 1
    }
    for (k = 1; k <= n * n; k++)
        if (number[k] > high) high = number[k]
    price = (high + 1) * n
    needs = dir "/needs.csv"; lines = dir "/lines.csv"
    offers = dir "/offers.csv"; pairs = dir "/pairs.csv"
    print "need,budget_yen,max_partners" > needs
    print "line,need,quantity,uncovered_price,indivisible" > lines
    print "offer,capacity,max_needs,min_lot,org" > offers
    print "line,offer,score,cost_yen,use" > pairs
    print "name,value" > (dir "/params.csv")
    for (i = 0; i < n; i++) {
        print "person" i ",," > needs
        print "person" i ",person" i ",1," price ",0" > lines
        print "job" i ",1,,," > offers
        for (j = 0; j < n; j++)
            print "person" i ",job" j "," (-number[1 + i * n + j]) ",0,1" \
                > pairs
    }
}
